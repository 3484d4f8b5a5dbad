-- Runs inside a headless Neovim: opens a C file as a user does, sees the finding come, edits
-- it away, sees it go. Each check is one line of $REPORT; nvim.sh counts them.
local source = vim.env.SOURCE
local wait_ms = tonumber(vim.env.WAIT_MS or 20000)
local clients = vim.lsp.get_clients or vim.lsp.get_active_clients -- since 0.10, before it

local function report(passed, what)
  vim.fn.writefile({ (passed and "ok   " or "FAIL ") .. "nvim: " .. what }, vim.env.REPORT, "a")
end

local function findings(code)
  return vim.tbl_filter(function(d)
    return tostring(d.code) == code and d.source == "arm64ecd"
  end, vim.diagnostic.get(0))
end

local function await(what, condition)
  report(vim.wait(wait_ms, condition, 20), what)
end

local function text_of(d)
  return vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})[1]
end

vim.cmd("edit " .. vim.fn.fnameescape(source))
await("the server is attached", function() return #clients({ bufnr = 0 }) == 1 end)
await("EC501 appears", function() return #findings("EC501") == 1 end)

local found = findings("EC501")[1]
if found then
  report(found.severity == vim.diagnostic.severity.ERROR, "EC501 is an error")
  report(found.lnum == 2, "EC501 is on the third line, got " .. (found.lnum + 1))
  report(text_of(found):find("x13") ~= nil, "its range covers x13, got '" .. text_of(found) .. "'")
end

vim.cmd([[execute "normal! gg/x13\<CR>cwx12\<Esc>"]])
await("EC501 goes when x13 is typed over", function() return #findings("EC501") == 0 end)
vim.cmd("normal! u")
await("EC501 comes back with undo", function() return #findings("EC501") == 1 end)

-- What the server says of the document's first function: the boundary table and a lens.
local function ask(method)
  vim.fn.search([[\w\+\ze(]], "cw")
  local params = vim.lsp.util.make_position_params()
  return vim.inspect(vim.lsp.buf_request_sync(0, method, params, wait_ms))
end
report(ask("textDocument/hover"):find("is the symbol") ~= nil, "hover shows the boundary")
report(ask("textDocument/codeLens"):find("entry thunk $ientry_thunk", 1, true) ~= nil,
  "a lens names the thunk")

local status = require("arm64ecd").status()
report(status ~= nil and status.health == "ok" and #status.workers > 0, "the status tells of a worker")
report(vim.fn.search("quarantined") > 0, "a buffer shows it")
vim.cmd("bwipeout")

vim.cmd("edit " .. vim.fn.fnameescape(vim.env.SECOND))
await("a second file has its own finding", function() return #findings("EC501") == 1 end)
report(#clients() == 1, "one client serves both files")

local id = clients()[1].id
vim.lsp.stop_client(id)
report(vim.wait(wait_ms, function() return vim.lsp.get_client_by_id(id) == nil end, 20),
  "the server ends when asked")
