#pragma once
#include <string>
struct Named {
    std::string name;
    int id;
    static std::string all();
};
