// Behind "using namespace std" any undeclared name may be one of the missing header.
// flags: clang++ --target=arm64ec-pc-windows-msvc
#include <iostream> // expect-warning EC626 {{<iostream>}}
using namespace std;
int main()
{
    vector<string> words;
    for (auto &word : words)
        cout << word << endl;
    sort(words.begin(), words.end());
    return words.size() > 1;
}
