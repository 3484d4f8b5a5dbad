pub extern "stdcall" fn f(x: u32) -> u32 { x }
pub type Callback = extern "thiscall-unwind" fn(u32) -> u32;
