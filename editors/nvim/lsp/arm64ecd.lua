return require("arm64ecd").config() -- Neovim 0.11 and later read this file
