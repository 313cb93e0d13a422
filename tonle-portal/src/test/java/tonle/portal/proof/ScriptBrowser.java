// SPDX-License-Identifier: Apache-2.0
package tonle.portal.proof;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tonle.testkit.Peers;

/** A browser to run the script in; skips the test where there is none. */
final class ScriptBrowser implements AutoCloseable {
    private final Playwright playwright;
    final Browser browser;

    ScriptBrowser() {
        Path chromium = Peers.need("chromium");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setChromiumSandbox(false)
                        .setArgs(List.of(
                                "--disable-background-networking", "--disable-component-update", "--disable-sync")));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
