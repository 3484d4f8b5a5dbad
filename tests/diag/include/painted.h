#pragma once
#include <windows.h>
struct Painted {
    LOGFONTX font;
    int id;
};
