// Drives a real VS Code in a headless Chromium: opens a C file, sees the squiggle and the
// problem, types it away, then takes the program away. Each check is one line of $REPORT.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const puppeteer = createRequire(import.meta.url)(process.env.PUPPETEER);
const { CHROMIUM, URL: url, PROJECT, REPORT, SCREENSHOT } = process.env;

function report(passed, what) {
    appendFileSync(REPORT, `${passed ? "ok   " : "FAIL "}vscode: ${what}\n`);
}

async function check(what, promise) {
    try {
        await promise;
        report(true, what);
    } catch (error) {
        console.log(`${what}: ${error}`);
        report(false, what);
        await page.screenshot({ path: SCREENSHOT.replace(".png", "-failed.png") });
    }
}

const browser = await puppeteer.launch({
    executablePath: CHROMIUM,
    userDataDir: `${process.env.HOME}/chromium`,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    defaultViewport: { width: 1200, height: 700 },
});
const page = await browser.newPage();
try {
    page.on("pageerror", (error) => console.log(`page: ${error}`));
    const file = `vscode-remote://${new URL(url).host}${PROJECT}/first.c`;
    const payload = encodeURIComponent(JSON.stringify([["openFile", file]]));
    await page.goto(`${url}/?folder=${PROJECT}&payload=${payload}`);

    const shows = (selector, text) =>
        page.waitForFunction(
            (sel, part) => [...document.querySelectorAll(sel)].some((node) => node.textContent.includes(part)),
            { timeout: 30000, polling: 100 },
            selector,
            text,
        );

    await check("the C file opens", page.waitForSelector(".monaco-editor .view-line", { timeout: 30000 }));
    await check("EC501 is underlined", page.waitForSelector(".squiggly-error", { timeout: 30000 }));
    await page.keyboard.down("Control");
    await page.keyboard.down("Shift");
    await page.keyboard.press("KeyM");
    await page.keyboard.up("Shift");
    await page.keyboard.up("Control");
    await check("the Problems view shows its code", shows(".markers-panel", "EC501"));
    await check("and that arm64ecd says it", shows(".markers-panel", "arm64ecd"));
    await page.screenshot({ path: SCREENSHOT });

    await page.click(".monaco-editor .view-line");
    await page.keyboard.down("Control");
    await page.keyboard.press("KeyA");
    await page.keyboard.up("Control");
    await page.keyboard.type("int fine;");
    await check(
        "the underline goes when the assembly is typed over",
        page.waitForFunction(() => document.querySelector(".squiggly-error") === null, { timeout: 30000 }),
    );

    mkdirSync(`${PROJECT}/.vscode`);
    writeFileSync(`${PROJECT}/.vscode/settings.json`, '{ "arm64ecd.path": "no-such-arm64ecd" }');
    await check(
        "a missing program is named with the remedy",
        shows(".notifications-toasts", '"no-such-arm64ecd" is not in PATH. Install arm64ecd, or set arm64ecd.path.'),
    );
} finally {
    await browser.close();
}
