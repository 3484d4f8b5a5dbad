-- The arm64ecd language server for every Neovim since 0.7: what to start and, before 0.11,
-- how. One client serves all buffers below one root.
local M = { filetypes = { "c", "cpp", "asm", "armasm", "rust", "toml", "llvm" } }

local root_markers = { ".arm64ecd.json", "compile_commands.json", "compile_flags.txt", "Cargo.lock", ".git" }
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

-- What the server says of itself: versions, worker processes, what runs and waits. Shown in a
-- scratch buffer; the table is returned, too.
function M.status()
  local clients = vim.lsp.get_clients or vim.lsp.get_active_clients -- since 0.10, before it
  for _, client in ipairs(clients()) do
    if client.name == "arm64ecd" then
      local answer = client.request_sync("arm64ecd/status", nil, 5000, 0)
      local status = answer and answer.result
      if status then
        vim.cmd("new")
        vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = "nofile", "wipe", false
        vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(vim.inspect(status), "\n"))
        return status
      end
    end
  end
  vim.notify("arm64ecd does not run, or does not answer", 3)
end

return M
