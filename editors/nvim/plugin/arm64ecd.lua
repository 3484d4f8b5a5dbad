local arm64ecd = require("arm64ecd")

vim.api.nvim_create_user_command("Arm64ECStatus", function() arm64ecd.status() end,
  { desc = "What the arm64ecd server says of itself" })

if vim.lsp.enable then vim.lsp.enable("arm64ecd") end -- Neovim 0.11 and later

vim.api.nvim_create_autocmd("FileType", {
  pattern = arm64ecd.filetypes,
  callback = function(event)
    local program = arm64ecd.config().cmd[1]
    if vim.fn.executable(program) == 0 then
      vim.notify_once(program .. " is not in PATH: install arm64ecd or set g:arm64ecd_cmd", 3)
    elseif not vim.lsp.enable and vim.bo[event.buf].buftype == "" then
      arm64ecd.start(event.buf)
    end
  end,
})
