# Template: the release fills version and checksums (packaging/fill).
class Vaultlint < Formula
  desc "Linter and consistency checker for Obsidian vaults"
  homepage "https://github.com/vaultlint/vaultlint"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "https://github.com/vaultlint/vaultlint/releases/download/v@VERSION@/vaultlint-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256 vaultlint-aarch64-apple-darwin.tar.gz@"
    end
    on_intel do
      url "https://github.com/vaultlint/vaultlint/releases/download/v@VERSION@/vaultlint-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256 vaultlint-x86_64-apple-darwin.tar.gz@"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/vaultlint/vaultlint/releases/download/v@VERSION@/vaultlint-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256 vaultlint-aarch64-unknown-linux-musl.tar.gz@"
    end
    on_intel do
      url "https://github.com/vaultlint/vaultlint/releases/download/v@VERSION@/vaultlint-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256 vaultlint-x86_64-unknown-linux-musl.tar.gz@"
    end
  end

  def install
    bin.install "vaultlint"
    man1.install "man/vaultlint.1"
    bash_completion.install "completions/vaultlint.bash" => "vaultlint"
    zsh_completion.install "completions/_vaultlint"
    fish_completion.install "completions/vaultlint.fish"
  end

  test do
    (testpath/"Index.md").write "See [[Nowhere]].\n"
    assert_match "broken-wikilink", shell_output("#{bin}/vaultlint #{testpath}", 1)
  end
end
