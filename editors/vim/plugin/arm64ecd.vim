" Checks C and C++ files for Arm64EC in the background; findings go to the quickfix list.
"   :Arm64ecdCheck                     checks the file as it is on disk
"   let g:arm64ecd_check_on_save = 1   does so on each save
if exists('g:loaded_arm64ecd') || !has('job')
  finish
endif
let g:loaded_arm64ecd = 1

command! -bar Arm64ecdCheck call arm64ecd#check()
augroup arm64ecd
  autocmd!
  autocmd BufWritePost * if get(g:, 'arm64ecd_check_on_save') && &filetype =~# '^\(c\|cpp\|asm\|armasm\|llvm\)$'
        \ | call arm64ecd#check() | endif
augroup END
