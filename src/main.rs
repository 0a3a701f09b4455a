//! The command `vaultlint`.

fn main() -> std::process::ExitCode {
    vaultlint::cli::run()
}
