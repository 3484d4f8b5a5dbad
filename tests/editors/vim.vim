" Runs inside a headless Vim: :compiler and :make, then the check on save, on real files.
" Each check is one line of $REPORT; vim.sh counts them.
function! Report(passed, what) abort
  call writefile([(a:passed ? 'ok   ' : 'FAIL ') .. 'vim: ' .. a:what], $REPORT, 'a')
endfunction

function! Findings(code) abort
  return filter(getqflist(), {_, item -> item.valid && item.text =~# '\[' .. a:code .. '\]'})
endfunction

function! Await(condition) abort
  let start = reltime()
  while !a:condition() && reltimefloat(reltime(start)) < 60
    sleep 20m
  endwhile
  return a:condition()
endfunction

set hidden
execute 'edit' fnameescape($SOURCE)
compiler arm64ecd
silent make!
let found = Findings('EC501')
call Report(len(found) == 1, ':make finds EC501 once, got ' .. len(found))
let item = get(found, 0, {'bufnr': 0, 'lnum': 0, 'col': 0, 'type': '', 'text': ''})
call Report(bufname(item.bufnr) ==# $SOURCE, 'file: ' .. bufname(item.bufnr))
call Report(item.lnum == 3, 'line 3: ' .. item.lnum)
call Report(strpart(getline(3), item.col - 1, 3) ==# 'x13', 'the column is that of x13: ' .. item.col)
call Report(item.type ==# 'e', 'type e: ' .. item.type)
call Report(item.text =~# 'x13', 'the text names the register: ' .. item.text)
cfirst
call Report(line('.') == 3 && bufname() ==# $SOURCE, ':cfirst goes to the finding')
call Report(&makeprg =~# 'check --format=gcc', 'makeprg is set: ' .. &makeprg)

execute 'edit' fnameescape($CLEAN)
silent make!
call Report(empty(filter(getqflist(), 'v:val.valid')), ':make of a clean file gives no finding')

" The plugin: check on save.
let g:arm64ecd_check_on_save = 1
let g:posts = 0
autocmd QuickFixCmdPost arm64ecd let g:posts += 1
execute 'edit' fnameescape($SOURCE)
silent write
call Report(Await({-> g:posts == 1 && len(Findings('EC501')) == 1}), 'saving fills the quickfix list')
%s/x13/x12/
silent write
call Report(Await({-> g:posts == 2 && empty(Findings('EC501'))}), 'saving without x13 empties it')
let g:arm64ecd_cmd = 'no-such-arm64ecd'
let said = execute('Arm64ecdCheck')
call Report(said =~# 'no-such-arm64ecd is not in PATH: install arm64ecd or set g:arm64ecd_cmd',
      \ 'a missing program is named with the remedy')
qall!
