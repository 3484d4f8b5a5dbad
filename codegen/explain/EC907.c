// A suppression comment cannot be understood: it names something that is no
// code, or does not have the form. After the comment sign come the word
// 'arm64ecd' with a colon, and one of
//
//     allow(EC501) reason
//     allow(EC501, disallowed-vector) reason
//
// Nothing is suppressed by a malformed one. A code may be written by its name.
// The reason is for people and may be left out.
//
// 'arm64ecd explain' lists all codes.
void wait_for_event(void)
{
    // expect-warning@+1 EC907 {{'EC5O1'}}
    // arm64ecd: allow(EC5O1) the letter O was typed for the digit 0
    __asm__ volatile("wfe");
}
