//! The command `vaultlint`.

/// A vault is hundreds of thousands of small pieces; the system's allocator takes a quarter of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    vaultlint::cli::run()
}
