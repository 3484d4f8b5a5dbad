// arm64ecd: structured exceptions. Arm64EC unwinds with x64's handler interface.
#pragma once
#include <corecrt.h>

struct _EXCEPTION_RECORD;
struct _EXCEPTION_POINTERS;
struct _CONTEXT;
struct _DISPATCHER_CONTEXT;

#define EXCEPTION_EXECUTE_HANDLER 1
#define EXCEPTION_CONTINUE_SEARCH 0
#define EXCEPTION_CONTINUE_EXECUTION (-1)

_CRT_BEGIN_C_HEADER
typedef enum _EXCEPTION_DISPOSITION {
    ExceptionContinueExecution,
    ExceptionContinueSearch,
    ExceptionNestedException,
    ExceptionCollidedUnwind
} EXCEPTION_DISPOSITION;

EXCEPTION_DISPOSITION __C_specific_handler(struct _EXCEPTION_RECORD *record, void *frame,
                                           struct _CONTEXT *context,
                                           struct _DISPATCHER_CONTEXT *dispatcher);
#ifdef _MSC_VER
unsigned long _exception_code(void);
void *_exception_info(void);
int _abnormal_termination(void);
#define GetExceptionCode _exception_code
#define GetExceptionInformation() ((struct _EXCEPTION_POINTERS *)_exception_info())
#define AbnormalTermination _abnormal_termination
#endif
_CRT_END_C_HEADER
