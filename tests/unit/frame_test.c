#include "protocol/frame.h"

#include <stdio.h>

#include "tests/unit/harness.h"

enum { BODY_BYTES_MAX = 4096, EVENTS_BYTES_MAX = 1 << 20 };

// All events of `input`, fed in pieces of `step` bytes: "body:..." or "bad:..." a line.
static void run_cut(Str input, size_t step, Buf *ret_events)
{
    Frame frame;
    Str body;
    frame_init(&frame, BODY_BYTES_MAX);
    for (size_t i = 0; i < input.len; i += step) {
        frame_feed(&frame, str_sub(input, i, i + step));
        for (FrameEvent event; (event = frame_next(&frame, &body)) != FRAME_MORE;)
            buf_format(ret_events, "%s:%.*s\n", event == FRAME_BODY ? "body" : "bad",
                       STR_ARG(body));
    }
    frame_done(&frame);
}

static void check_events(Str input, Str expected)
{
    size_t steps[] = {1, 2, 7, 64, input.len};
    for (size_t i = 0; i < COUNTOF(steps); i++) {
        Buf events;
        buf_init(&events, EVENTS_BYTES_MAX);
        run_cut(input, steps[i], &events);
        CHECK_STR(buf_str(&events), expected);
        buf_done(&events);
    }
}

#define FRAME_EVENTS(input, expected) check_events(STR(input), STR(expected))

TEST(frame_takes_one_and_many)
{
    FRAME_EVENTS("Content-Length: 2\r\n\r\n{}", "body:{}\n");
    FRAME_EVENTS("Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]"
                 "Content-Length: 2\r\n\r\n[]",
                 "body:{}\nbody:[1]\nbody:[]\n");
}

TEST(frame_header_names_have_no_case)
{
    FRAME_EVENTS("content-length:2\r\n\r\n{}CONTENT-LENGTH:   2  \r\n\r\n[]",
                 "body:{}\nbody:[]\n");
}

TEST(frame_takes_lone_line_feeds)
{
    FRAME_EVENTS("Content-Length: 2\n\n{}\nContent-Length: 2\n\n[]\r\n\r\n",
                 "body:{}\nbody:[]\n");
}

TEST(frame_takes_two_headers_in_any_order)
{
    FRAME_EVENTS("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n"
                 "Content-Length: 2\r\n\r\n{}"
                 "Content-Length: 2\r\nContent-Type: x; charset=\"UTF8\"; y\r\n\r\n[]"
                 "X-Trace: a:b\r\nContent-Length: 2\r\n\r\n{}",
                 "body:{}\nbody:[]\nbody:{}\n");
}

TEST(frame_refuses_other_charsets)
{
    FRAME_EVENTS("Content-Length: 2\r\nContent-Type: x; charset=utf-16\r\n\r\n{}"
                 "Content-Length: 2\r\n\r\n[]",
                 "bad:Content-Type names a charset that is not UTF-8\nbody:[]\n");
}

TEST(frame_duplicate_length)
{
    FRAME_EVENTS("Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", "body:{}\n");
    FRAME_EVENTS("Content-Length: 10\r\nContent-Length: 2\r\n\r\n{}"
                 "Content-Length: 2\r\n\r\n[]",
                 "bad:two lengths in one header: 10 and 2\nbody:{}\nbody:[]\n");
}

TEST(frame_length_too_short)
{
    FRAME_EVENTS("Content-Length: 5\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n[]",
                 "body:{\"a\":\n"
                 "bad:expected a header line, found \"1}Content-Length: 2\"\nbody:[]\n");
}

TEST(frame_length_too_long)
{
    FRAME_EVENTS("Content-Length: 40\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n[]"
                 "Content-Length: 2\r\n\r\n{}",
                 "bad:a message shorter than its Content-Length of 40 bytes\n"
                 "body:[]\nbody:{}\n");
    // ... and ends inside the next header
    FRAME_EVENTS("Content-Length: 20\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n[]"
                 "Content-Length: 2\r\n\r\n{}",
                 "bad:a message shorter than its Content-Length of 20 bytes\n"
                 "body:[]\nbody:{}\n");
}

TEST(frame_length_is_no_number)
{
#define AND_THEN  "\r\n\r\n{}Content-Length: 2\r\n\r\n[]"
#define NO_NUMBER "bad:Content-Length is not a positive number\nbody:[]\n"
    FRAME_EVENTS("Content-Length: two" AND_THEN, NO_NUMBER);
    FRAME_EVENTS("Content-Length: -2" AND_THEN, NO_NUMBER);
    FRAME_EVENTS("Content-Length: 0" AND_THEN, NO_NUMBER);
    FRAME_EVENTS("Content-Length:" AND_THEN, NO_NUMBER);
    FRAME_EVENTS("Content-Length: 2 2" AND_THEN, NO_NUMBER);
    FRAME_EVENTS("Content-Length: 18446744073709551618" AND_THEN, NO_NUMBER);
}

TEST(frame_missing_length)
{
    FRAME_EVENTS("Content-Type: x" AND_THEN,
                 "bad:a header without Content-Length\nbody:[]\n");
}

TEST(frame_oversized_body_is_skipped)
{
    Buf input, expected;
    buf_init(&input, 1 << 20);
    buf_init(&expected, 1 << 20);
    buf_format(&input, "Content-Length: %d\r\n\r\n\"", BODY_BYTES_MAX + 1);
    for (int i = 0; i < BODY_BYTES_MAX - 1; i++)
        buf_put_char(&input, i % 3 ? 'C' : 'c');
    buf_put(&input, STR("\"Content-Length: 2\r\n\r\n[]"));
    check_events(buf_str(&input),
                 STR("bad:a message of 4097 bytes is larger than the limit "
                     "of 4096 bytes\nbody:[]\n"));
    buf_clear(&input);
    buf_format(&input, "Content-Length: %d\r\n\r\n", BODY_BYTES_MAX);
    buf_put(&expected, STR("body:"));
    for (int i = 0; i < BODY_BYTES_MAX; i++) {
        buf_put_char(&input, 'x');
        buf_put_char(&expected, 'x');
    }
    buf_put_char(&expected, '\n');
    check_events(buf_str(&input), buf_str(&expected));
    buf_done(&input);
    buf_done(&expected);
}

TEST(frame_garbage_then_recovery)
{
    FRAME_EVENTS("hello\r\nworld\r\n\r\nContent-Length: 2\r\n\r\n[]",
                 "bad:expected a header line, found \"hello\"\nbody:[]\n");
    FRAME_EVENTS(
        "printf debugging Content-Length: 2\r\n\r\n[]",
        "bad:expected a header line, found \"printf debugging Content-Length: 2\"\n"
        "body:[]\n");
    FRAME_EVENTS("\r\n\r\n\nContent-Length: 2\r\n\r\n[]", "body:[]\n");
    FRAME_EVENTS("x\nContent-Length: Content-Length: 2\r\n\r\n[]",
                 "bad:expected a header line, found \"x\"\nbody:[]\n");
}

TEST(frame_endless_header_is_cut_off)
{
    Buf input;
    buf_init(&input, 1 << 20);
    for (int i = 0; i < 3 * FRAME_HEADER_BYTES_MAX; i++)
        buf_put_char(&input, 'x');
    buf_put(&input, STR("Content-Length: 2\r\n\r\n[]"));
    check_events(buf_str(&input),
                 STR("bad:no end of the header in 4096 bytes\nbody:[]\n"));
    buf_clear(&input);
    for (int i = 0; i < FRAME_HEADER_BYTES_MAX; i++)
        buf_put(&input, STR("a: b\r\n"));
    buf_put(&input, STR("Content-Length: 2\r\n\r\n[]"));
    check_events(buf_str(&input),
                 STR("bad:no end of the header in 4096 bytes\nbody:[]\n"));
    buf_done(&input);
}

TEST(frame_length_line_in_a_text_is_text)
{
    FRAME_EVENTS(
        "Content-Length: 39\r\n\r\n{\"t\":\"\\r\\nContent-Length: 5\\r\\n\\r\\n\"}  "
        "Content-Length: 2\r\n\r\n[]",
        "body:{\"t\":\"\\r\\nContent-Length: 5\\r\\n\\r\\n\"}  \nbody:[]\n");
}

TEST(frame_prefixes_ask_for_more)
{
    Str whole = STR("Content-Type: x\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
    for (size_t n = 0; n < whole.len; n++) {
        Frame frame;
        Str body;
        frame_init(&frame, BODY_BYTES_MAX);
        frame_feed(&frame, str_sub(whole, 0, n));
        CHECK_EQ(frame_next(&frame, &body), FRAME_MORE);
        frame_feed(&frame, str_from(whole, n));
        CHECK_EQ(frame_next(&frame, &body), FRAME_BODY);
        CHECK_STR(body, STR("{\"a\":1}"));
        CHECK_EQ(frame_next(&frame, &body), FRAME_MORE);
        frame_done(&frame);
    }
}

TEST(frame_writes_what_it_reads)
{
    Buf out;
    buf_init(&out, 1 << 20);
    frame_write(&out, STR("{\"a\":\"\xC3\xA9\"}"));
    CHECK_STR(buf_str(&out), STR("Content-Length: 10\r\n\r\n{\"a\":\"\xC3\xA9\"}"));
    check_events(buf_str(&out), STR("body:{\"a\":\"\xC3\xA9\"}\n"));
    buf_done(&out);
}

TEST(frame_keeps_no_memory_of_a_large_message)
{
    enum { LARGE = 3 * 1024 * 1024 };
    Frame frame;
    Buf input;
    Str body;
    buf_init(&input, LARGE + 100);
    buf_format(&input, "Content-Length: %d\r\n\r\n", LARGE);
    for (int i = 0; i < LARGE; i++)
        buf_put_char(&input, ' ');
    frame_init(&frame, LARGE);
    frame_feed(&frame, buf_str(&input));
    CHECK_EQ(frame_next(&frame, &body), FRAME_BODY);
    CHECK_EQ(body.len, LARGE);
    CHECK_EQ(frame_next(&frame, &body), FRAME_MORE);
    frame_feed(&frame, STR("C"));
    CHECK(frame.in.cap < 1024 * 1024);
    frame_done(&frame);
    buf_done(&input);
}
