" What compiler/arm64ecd.vim and plugin/arm64ecd.vim share: the program, the form of its
" findings, and the check in the background.
let g:arm64ecd#errorformat =
      \ '%f:%l:%c: %trror: %m,%f:%l:%c: %tarning: %m,%f:%l:%c: %tote: %m'

function! arm64ecd#program() abort
  return get(g:, 'arm64ecd_cmd', 'arm64ecd')
endfunction

function! s:done(path, lines) abort
  call setqflist([], ' ', {'title': 'arm64ecd check ' .. a:path, 'lines': a:lines,
        \ 'efm': g:arm64ecd#errorformat})
  let other = filter(getqflist(), {_, item -> !item.valid})
  let found = filter(getqflist(), {_, item -> item.valid && item.type !=# 'n'})
  echo empty(other) ? 'arm64ecd: findings: ' .. len(found) : other[-1].text
  silent doautocmd <nomodeline> QuickFixCmdPost arm64ecd
endfunction

function! arm64ecd#check() abort
  if !executable(arm64ecd#program())
    echohl WarningMsg
    echomsg arm64ecd#program() .. ' is not in PATH: install arm64ecd or set g:arm64ecd_cmd'
    echohl None
    return
  endif
  let [path, lines] = [expand('%'), []]
  call job_start([arm64ecd#program(), 'check', '--format=gcc', path], {'in_io': 'null',
        \ 'callback': {_, line -> add(lines, line)}, 'close_cb': {_ -> s:done(path, lines)}})
endfunction
