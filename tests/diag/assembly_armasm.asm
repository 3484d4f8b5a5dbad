; The language of armasm64: labels in column 0, no colons, | | around names.
    AREA |.text|, CODE, READONLY, ALIGN=4, CODEALIGN
    EXPORT  plain
    EXPORT  |#own|
    IMPORT  _exit

SCRATCH EQU 16
other   RN x13 ; expect-error EC501 {{x13}}

    MACRO
$l  CLEAR $reg
$l  eor $reg, $reg, $reg
    MEND

plain PROC ; expect-warning EC504 {{'#plain'}} expect-warning EC510
    stp x29, x30, [sp, #-SCRATCH]! ; x28 in a comment
    mov x28, x0 ; expect-error EC501 {{x28}}
;       ^^^
    CLEAR x23 ; expect-error EC501 {{x23}}
;         ^^^
    bl __chkstk ; expect-error EC506 {{'#__chkstk_arm64ec'}}
    ldp x29, x30, [sp], #SCRATCH
    ret
    ENDP

|#own| PROC ; expect-warning EC201 expect-warning EC505
    IF :DEF:NEVER
    mov x14, x0
    ELSE
    mov x12, x0
    ENDIF
    blr x2 ; expect-warning EC213 {{'x2'}} expect-warning@-6 EC510
    ret
    ENDP

    LEAF_ENTRY A64NAME(leaf) ; expect-warning EC201
    ldr x0, [x18, #8]
    mov x18, x0 ; expect-error EC503 {{x18}}
    ret
    LEAF_END
    END
    mov x14, x0 behind the end
