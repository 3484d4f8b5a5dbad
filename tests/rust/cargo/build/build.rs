use std::env;

fn main() {
    let arch = env::var("CARGO_CFG_TARGET_ARCH").unwrap();
    let target = env::var("TARGET").unwrap();
    match arch.as_str() {
        "x86_64" => x64(),
        "aarch64" => arm(),
        _ => panic!("unknown"), // expect-warning EC416 {{falls into the default case}}
    }
    match &*env::var("CARGO_CFG_TARGET_OS").unwrap() {
        "windows" => {}
        _ => {}
    }
    if arch == "aarch64" { // expect-warning EC416 {{nothing here asks for it}}
        arm();
    }
    if arch == "aarch64" && target.contains("linux") {
        arm();
    }
    if arch == "x64" { // expect-warning EC403 {{did you mean "x86_64"?}}
        x64();
    }
    if target.contains("aarch64") { // expect-warning EC416 {{does not contain "aarch64"}}
        arm();
    } else if target.starts_with("arm") { // expect-warning EC416 {{contains "arm", too}}
        panic!("32 bits");
    }
    if target.contains("x86_64") || target == "aarch64-unknown-linux-gnu" {}
    if cfg!(target_arch = "x86_64") {} // expect-warning EC416 {{host architecture}}
    let host = env::consts::ARCH; // expect-warning EC416 {{host architecture}}
    if cfg!(windows) {}
}
