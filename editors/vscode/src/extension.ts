// Starts the arm64ecd language server, keeps it told of the settings, and says plainly when
// it cannot be started. Everything about Arm64EC is in the server.
import { constants, promises as fs } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import {
    DidChangeConfigurationNotification,
    LanguageClient,
    LanguageClientOptions,
    RevealOutputChannelOn,
} from "vscode-languageclient/node";

// C, C++ and Rust, and what extensions call assembly; the server sees whose assembly it is.
const languages = ["c", "cpp", "rust", "asm-arm64", "asm-arm", "arm", "arm64", "armasm64", "asm", "asm-collection"];

let client: LanguageClient | undefined;
let log: vscode.LogOutputChannel;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    log = vscode.window.createOutputChannel("arm64ecd", { log: true });
    context.subscriptions.push(
        log,
        vscode.commands.registerCommand("arm64ecd.restart", restart),
        vscode.commands.registerCommand("arm64ecd.showLog", () => log.show()),
        vscode.commands.registerCommand("arm64ecd.status", showStatus),
        vscode.workspace.onDidChangeConfiguration(onConfiguration),
        vscode.workspace.onDidGrantWorkspaceTrust(restart),
    );
    await start();
}

export async function deactivate(): Promise<void> {
    await client?.dispose();
    client = undefined;
}

async function restart(): Promise<void> {
    await deactivate();
    await start();
}

// What the server says of itself, as a document: for people, and for bug reports.
async function showStatus(): Promise<void> {
    if (!client?.isRunning()) {
        void vscode.window.showWarningMessage("arm64ecd: the server does not run; see its log");
        return;
    }
    const status = await client.sendRequest("arm64ecd/status");
    const content = JSON.stringify(status, undefined, 2);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "json", content }));
}

async function onConfiguration(event: vscode.ConfigurationChangeEvent): Promise<void> {
    if (event.affectsConfiguration("arm64ecd.path") || event.affectsConfiguration("arm64ecd.args")) {
        await restart();
    }
}

async function start(): Promise<void> {
    const config = vscode.workspace.getConfiguration("arm64ecd");
    const name = config.get("path", "arm64ecd");
    const command = await findProgram(name);
    if (command === undefined) {
        return sayNotFound(name);
    }
    client = new LanguageClient("arm64ecd", "arm64ecd", { command, args: config.get("args", []) }, clientOptions());
    try {
        await client.start();
    } catch (error) {
        log.error(`${command} did not start as a language server: ${error}`);
        void vscode.window.showErrorMessage(`arm64ecd: ${command} did not start as a language server; see its log`);
    }
}

// The absolute path of a program, or undefined where there is none that can be run.
async function findProgram(name: string): Promise<string | undefined> {
    const folders = path.isAbsolute(name) ? [""] : (process.env.PATH ?? "").split(path.delimiter);
    const endings = process.platform === "win32" ? ["", ".exe"] : [""];
    for (const candidate of folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)))) {
        try {
            await fs.access(candidate, constants.X_OK);
            return candidate;
        } catch {
            // not here
        }
    }
    return undefined;
}

function sayNotFound(name: string): void {
    const where = path.isAbsolute(name) ? "does not exist or cannot be run" : "is not in PATH";
    const message = `arm64ecd: the program "${name}" ${where}. Install arm64ecd, or set arm64ecd.path.`;
    log.error(message);
    void vscode.window.showErrorMessage(message, "Open Settings").then((answer) => {
        if (answer !== undefined) {
            void vscode.commands.executeCommand("workbench.action.openSettings", "arm64ecd.path");
        }
    });
}

// The settings that the server knows, under the names it knows them by.
function serverSettings(scope?: vscode.Uri): object {
    const config = vscode.workspace.getConfiguration("arm64ecd", scope);
    return {
        diagnostics: { clang: config.get("diagnostics.clang"), rustc: config.get("diagnostics.rustc") },
        builder: config.get("builder"),
        headers: { use: config.get("headers.use"), paths: config.get("headers.paths") },
        compileCommands: config.get("compileCommands"),
        flags: config.get("flags"),
        codeLens: config.get("codeLens"),
        fullStage: config.get("fullStage"),
        inlayHints: { registers: config.get("inlayHints.registers") },
        // No setting of a workspace says this; the user has been asked.
        trusted: vscode.workspace.isTrusted ? "on" : "off",
    };
}

function clientOptions(): LanguageClientOptions {
    return {
        documentSelector: [
            ...languages.map((language) => ({ scheme: "file", language })),
            { scheme: "file", pattern: "**/*.{s,S,asm,ll}" }, // whatever they are taken for
            { scheme: "file", pattern: "**/{Cargo.toml,Cargo.lock,.cargo/config.toml}" },
        ],
        initializationOptions: serverSettings(),
        outputChannel: log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        synchronize: { configurationSection: "arm64ecd" },
        middleware: {
            workspace: {
                configuration: ({ items }) =>
                    items.map(({ scopeUri }) => serverSettings(scopeUri ? vscode.Uri.parse(scopeUri) : undefined)),
                didChangeConfiguration: async () =>
                    client?.sendNotification(DidChangeConfigurationNotification.type, {
                        settings: { arm64ecd: serverSettings() },
                    }),
            },
        },
    };
}
