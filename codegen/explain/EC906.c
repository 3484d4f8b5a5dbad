// A suppression comment stands on a line where nothing is reported that it
// could suppress. The problem may have been mended, or the comment has moved
// away from it: it covers its own line and the one below.
//
// Remove the comment, so that it does not hide the next problem of this kind.
//
// A comment that allows a code which a slower stage reports (on save) counts as
// used once that stage has answered.
//
// EC9xx tell of the analysis itself, and no comment takes them away; the setting
// diagnostics.severity turns them off.
void pause_a_little(void)
{
    // expect-hint@+1 EC906 {{EC501}}
    // arm64ecd: allow(EC501) the loop below used x13 once
    __asm__ volatile("yield");
}

// expect-hint@+1 EC906 {{no comment suppresses EC901}}
// arm64ecd: allow(EC901) it dies of the templates below
void wait_a_little(void) { __asm__ volatile("yield"); }
