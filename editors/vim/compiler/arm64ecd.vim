" Vim compiler file: `arm64ecd check` of the current file
if exists('current_compiler')
  finish
endif
let current_compiler = 'arm64ecd'

let s:check = shellescape(arm64ecd#program()) .. ' check --format=gcc %:S'
execute 'CompilerSet makeprg=' .. escape(s:check, ' "|\')
execute 'CompilerSet errorformat=' .. escape(g:arm64ecd#errorformat, ' ')
