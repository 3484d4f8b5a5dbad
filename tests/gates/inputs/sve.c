#include <arm_sve.h>
