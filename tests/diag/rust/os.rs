// What code expects of Windows.
use windows_sys::Win32::System::Diagnostics::Debug::CONTEXT;

unsafe fn jit(size: usize) -> *mut u8 {
    let page = VirtualAlloc(null(), size, MEM_COMMIT, PAGE_EXECUTE_READWRITE); // expect-warning EC123 {{VirtualAlloc}}
    VirtualAlloc(null(), size, MEM_COMMIT, PAGE_READWRITE);
    VirtualProtect(page, size, PAGE_EXECUTE_READ, &mut old); // expect-warning EC123 {{VirtualProtect}}
    RtlAddFunctionTable(table, 1, base); // expect-warning EC124
    page
}

unsafe fn walk(context: &CONTEXT) -> u64 {
    StackWalk64(IMAGE_FILE_MACHINE_ARM64, process, thread); // expect-error EC125 {{IMAGE_FILE_MACHINE_AMD64}}
    StackWalk64(IMAGE_FILE_MACHINE_AMD64, process, thread);
    context.Pc // expect-error EC125 {{'Rip'}}
}

#[cfg(target_arch = "aarch64")]
unsafe fn native(context: &CONTEXT) -> u64 { context.Pc }

fn image(nt: &IMAGE_NT_HEADERS64) -> bool {
    nt.FileHeader.Machine == IMAGE_FILE_MACHINE_ARM64EC // expect-warning EC315
}

fn object(file: &IMAGE_FILE_HEADER) -> bool { file.Machine == IMAGE_FILE_MACHINE_ARM64EC }

#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
const PLUGINS: &str = "plugins/arm64"; // expect-warning EC316 {{plugins/arm64}}
#[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
const TEXTS: &str = "texts/arm64";
extern "system" { fn RtlAddFunctionTable(a: *mut u8, b: u32, c: u64) -> u8; }
