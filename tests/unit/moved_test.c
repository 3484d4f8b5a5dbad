#include "server/moved.h"

#include "tests/unit/harness.h"

// The line, from 0, that a line of the old text has in the new one; -1: lost.
static int64_t moved(const char *old_text, const char *new_text, uint32_t line)
{
    Pos start = {.line = line, .byte = 3}, end = {.line = line, .byte = 5};
    Moved texts;
    moved_init(&texts, str_of(old_text), str_of(new_text));
    if (!moved_lines(&texts, &start, &end))
        return -1;
    CHECK_EQ(start.line, end.line);
    CHECK_EQ(start.byte, 3);
    return start.line;
}

TEST(moved_follows_lines_around_an_edit)
{
    CHECK_EQ(moved("a\nb\nc\n", "a\nb\nc\n", 1), 1);
    CHECK_EQ(moved("a\nb\nc\n", "x\na\nb\nc\n", 1), 2);
    CHECK_EQ(moved("a\nb\nc\n", "a\nb\nc\nx\n", 1), 1);
    CHECK_EQ(moved("x\na\nb\nc\n", "a\nb\nc\n", 2), 1);
    CHECK_EQ(moved("a\nb\nc", "x\na\nb\nc", 2), 3);
}

TEST(moved_follows_lines_between_edits_by_their_text)
{
    CHECK_EQ(moved("1\na\nb\nc\n2\n", "one\na\nb\nc\ntwo\n", 2), 2);
    CHECK_EQ(moved("1\na\nb\nc\n2\n", "one\nand\na\nb\nc\ntwo\n", 2), 3);
}

TEST(moved_gives_up_what_was_edited)
{
    CHECK_EQ(moved("a\nb\nc\n", "a\nB\nc\n", 1), -1);
    CHECK_EQ(moved("a\nb\nc\n", "a\nc\n", 1), -1);
    CHECK_EQ(moved("a\nfoo\n", "a\nxfoo\n", 1), -1);
    CHECK_EQ(moved("a\nfoo", "a\nfoot", 1), -1);
    CHECK_EQ(moved("a\n", "", 0), -1);
}

TEST(moved_does_not_guess_between_equal_lines)
{
    CHECK_EQ(moved("1\nb\n2\n", "one\nb\nand\nb\ntwo\n", 1), -1);
}

TEST(moved_knows_a_last_line_without_an_end)
{
    CHECK_EQ(moved("a\nb", "a\nc", 1), -1);
    CHECK_EQ(moved("a\nb", "a\nb", 1), 1);
    CHECK_EQ(moved("a\nb", "x\na\nb", 1), 2);
}
