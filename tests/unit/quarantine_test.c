#include "server/quarantine.h"

#include "tests/unit/harness.h"

typedef struct Fixture {
    Documents documents;
    Doc *doc;
    Quarantine quarantine;
} Fixture;

static void setup(Fixture *fixture)
{
    *fixture = (Fixture){0};
    documents_init(&fixture->documents);
    fixture->doc = doc_open(&fixture->documents, STR("file:///a.c"), STR("/no/a.c"),
                            STR("c"), 1, STR("int a;\n"));
    REQUIRE(fixture->doc);
}

static bool put(Fixture *fixture, FlightEnd end, bool is_excusable)
{
    return quarantine_put(&fixture->quarantine, fixture->doc, end, is_excusable,
                          STR("LLVM ERROR: it fell"));
}

TEST(quarantine_after_the_second_death)
{
    Fixture fixture;
    setup(&fixture);
    CHECK(!quarantine_words(&fixture.quarantine, fixture.doc));
    CHECK(put(&fixture, FLIGHT_CRASHED, false));
    CHECK(!quarantine_words(&fixture.quarantine, fixture.doc));
    CHECK(!put(&fixture, FLIGHT_CRASHED, false));
    const char *words = quarantine_words(&fixture.quarantine, fixture.doc);
    REQUIRE(words);
    CHECK_STR(str_of(words), STR("LLVM ERROR: it fell"));
    quarantine_forget(&fixture.quarantine, fixture.doc); // a header of it has changed
    CHECK(!quarantine_words(&fixture.quarantine, fixture.doc));
    doc_close(fixture.doc);
}

TEST(quarantine_excuses_deaths_while_others_change)
{
    Fixture fixture;
    setup(&fixture);
    for (int i = 0; i < EXCUSES_MAX; i++)
        CHECK(put(&fixture, FLIGHT_TIMED_OUT, true));
    CHECK(!put(&fixture, FLIGHT_TIMED_OUT, true)); // but not for ever
    doc_close(fixture.doc);
}
