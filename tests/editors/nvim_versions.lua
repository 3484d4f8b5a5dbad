-- The branches for Neovim 0.8 and 0.11, on recorders in place of vim.lsp.start and
-- vim.lsp.enable: which function is called, with what. The real functions are tested by
-- nvim.lua in whatever Neovim is installed.
local function report(passed, what)
  vim.fn.writefile({ (passed and "ok   " or "FAIL ") .. "nvim: " .. what }, vim.env.REPORT, "a")
end

local function load_plugin(filetype)
  package.loaded.arm64ecd = nil
  vim.api.nvim_clear_autocmds({ event = "FileType" })
  vim.cmd("runtime plugin/arm64ecd.lua")
  vim.bo.filetype = filetype
end

vim.g.arm64ecd_cmd = { vim.env.ARM64ECD }
local root = vim.fn.expand("%:p:h")

local started = {}
vim.lsp.enable = nil
vim.lsp.start = function(config) table.insert(started, config) end
load_plugin("c")
report(#started == 1 and started[1].cmd[1] == vim.env.ARM64ECD, "0.8 calls vim.lsp.start with the program")
report(#started == 1 and started[1].root_dir == root, "0.8 gets the folder of compile_flags.txt as root")
load_plugin("python")
report(#started == 1, "0.8 starts nothing for other filetypes")

local enabled = {}
vim.lsp.enable = function(name) table.insert(enabled, name) end
load_plugin("cpp")
local config = dofile(vim.api.nvim_get_runtime_file("lsp/arm64ecd.lua", false)[1])
report(vim.deep_equal(enabled, { "arm64ecd" }) and #started == 1, "0.11 enables lsp/arm64ecd.lua and starts nothing itself")
report(vim.deep_equal(config.filetypes, { "c", "cpp", "asm", "armasm", "rust", "toml", "llvm" }) and config.cmd[1] == vim.env.ARM64ECD,
  "0.11 reads program and filetypes from lsp/arm64ecd.lua")
