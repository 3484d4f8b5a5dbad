#pragma once
#include <memory>
#define CHECK_THAT(x)                                                                     \
    if (const std::unique_ptr<bool> made = std::make_unique<bool>(x); *made) {            \
    }
