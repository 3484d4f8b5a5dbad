-- The arm64ecd language server for every Neovim since 0.7: what to start and, before 0.11,
-- how. One client serves all buffers below one root.
local M = { filetypes = { "c", "cpp" } }

local root_markers = { ".arm64ecd.json", "compile_commands.json", "compile_flags.txt", ".git" }
local client_of_root = {} -- for 0.7; vim.lsp.start keeps such a table itself

local function find_root(dir)
  for _, marker in ipairs(root_markers) do
    if vim.loop.fs_stat(dir .. "/" .. marker) then return dir end
  end
  local parent = vim.fn.fnamemodify(dir, ":h")
  return parent ~= dir and find_root(parent) or nil
end

function M.config()
  local cmd, settings = vim.g.arm64ecd_cmd or "arm64ecd", vim.g.arm64ecd_settings
  return {
    name = "arm64ecd",
    cmd = type(cmd) == "table" and cmd or { cmd },
    filetypes = M.filetypes,
    root_markers = root_markers,
    init_options = settings,
    settings = settings and { arm64ecd = settings },
  }
end

function M.start(buffer)
  local config = M.config()
  config.root_dir = find_root(vim.fn.expand("#" .. buffer .. ":p:h"))
  if vim.lsp.start then return vim.lsp.start(config) end
  local root = config.root_dir or ""
  local id = client_of_root[root]
  if not (id and vim.lsp.get_client_by_id(id)) then id = vim.lsp.start_client(config) end
  client_of_root[root] = id
  return id and vim.lsp.buf_attach_client(buffer, id)
end

return M
