//! One page of the browser, used as a person would: by keyboard, mouse and eyes.

use crate::World;
use crate::chromium::Browser;
use serde_json::{Value, json};
use std::sync::mpsc::Receiver;

/// How long the page may take to show something, in milliseconds.
const PATIENCE_MS: u32 = 30_000;

pub(crate) struct Page<'b> {
    browser: &'b Browser,
    session: String,
    context: String,
    events: Receiver<Value>,
    home: String,
}

impl<'b> Page<'b> {
    /// Opens an address of the service in a browser profile of its own, on a desk.
    pub(crate) fn open(browser: &'b Browser, home: &str, address: &str) -> Self {
        let page = Self::blank(browser, home);
        page.go(address);
        page
    }

    /// A page that has not been anywhere.
    pub(crate) fn blank(browser: &'b Browser, home: &str) -> Self {
        let context = browser.call(None, "Target.createBrowserContext", &json!({}));
        let context = context["browserContextId"].as_str().unwrap().to_owned();
        let target = json!({ "url": "about:blank", "browserContextId": context });
        let target = browser.call(None, "Target.createTarget", &target)["targetId"].clone();
        let attach = json!({ "targetId": target, "flatten": true });
        let session = browser.call(None, "Target.attachToTarget", &attach);
        let session = session["sessionId"].as_str().unwrap().to_owned();
        let events = browser.events(&session);
        let page = Self { browser, session, context, events, home: home.to_owned() };
        for domain in ["Page.enable", "Runtime.enable", "Network.enable", "Log.enable"] {
            page.call(domain, json!({}));
        }
        page.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        page.size(1280, 900);
        page
    }

    #[expect(clippy::needless_pass_by_value, reason = "parameters are written where they are sent")]
    pub(crate) fn call(&self, method: &str, params: Value) -> Value {
        self.browser.call(Some(&self.session), method, &params)
    }

    pub(crate) fn go(&self, address: &str) {
        self.call("Page.navigate", json!({ "url": format!("{}{address}", self.home) }));
        self.sees("document.querySelector('[role=tab][aria-selected=true]')");
    }

    pub(crate) fn size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    pub(crate) fn scheme(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.call("Emulation.setEmulatedMedia", json!({ "features": [feature] }));
    }

    /// The value of an expression of JavaScript; a promise is waited for.
    pub(crate) fn eval(&self, expression: &str) -> Value {
        let asked =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.call("Runtime.evaluate", asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression holds.
    pub(crate) fn sees(&self, expression: &str) {
        let waits = format!(
            "new Promise((done) => {{ const latest = Date.now() + {PATIENCE_MS}; const look = () => {{ \
             let seen = false; try {{ seen = Boolean({expression}); }} catch {{}} \
             if (seen || Date.now() > latest) done(seen); else setTimeout(look, 15); }}; look(); }})"
        );
        if self.eval(&waits) != json!(true) {
            let shown = self.eval("document.querySelector('main').innerText");
            panic!("never seen: {expression}\n{}", shown.as_str().unwrap_or_default());
        }
    }

    /// Waits until the text of an element holds some words.
    pub(crate) fn reads(&self, selector: &str, words: &str) {
        let (selector, words) = (json!(selector), json!(words));
        self.sees(&format!("document.querySelector({selector}).innerText.includes({words})"));
    }

    /// The text of every element that a selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let selector = json!(selector);
        let texts =
            format!("[...document.querySelectorAll({selector})].map((one) => one.innerText)");
        serde_json::from_value(self.eval(&texts)).unwrap()
    }

    /// Presses the mouse on the first element that a selector finds, once it is there.
    pub(crate) fn click(&self, selector: &str) {
        let selector = json!(selector);
        self.sees(&format!("document.querySelector({selector})"));
        let place = self.eval(&format!(
            "(() => {{ const one = document.querySelector({selector}); \
             one.scrollIntoView({{ block: 'center', inline: 'center' }}); \
             const box = one.getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// Writes a text into a field, as an input method would.
    pub(crate) fn write(&self, selector: &str, text: &str) {
        self.click(selector);
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Presses a key: a letter or mark, or a name such as `ArrowRight`.
    pub(crate) fn press(&self, key: &str) {
        let code = match key {
            "ArrowLeft" => 37,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            "End" => 35,
            "Home" => 36,
            "Enter" => 13,
            "Escape" => 27,
            "Tab" => 9,
            _ => 0,
        };
        let mut event = json!({ "type": "keyDown", "key": key, "windowsVirtualKeyCode": code });
        if code == 0 {
            event["text"] = json!(key);
        } else if key == "Enter" {
            event["text"] = json!("\r");
        }
        self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = json!("keyUp");
        self.call("Input.dispatchKeyEvent", event);
    }

    /// The id of the element that has the focus.
    pub(crate) fn focus(&self) -> String {
        self.eval("document.activeElement.id").as_str().unwrap_or_default().to_owned()
    }

    /// Panics if axe-core finds anything serious or critical. Wants a page without its policy, as axe
    /// builds markup from text.
    pub(crate) fn has_no_barriers(&self, world: &World, place: &str) {
        if self.eval("typeof axe") == "undefined" {
            self.eval(&format!("{}; true", world.axe.as_ref().unwrap()));
        }
        let found = self.eval(
            "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations \
             .filter((one) => ['serious', 'critical'].includes(one.impact)) \
             .map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html + ' ' + node.failureSummary)]))",
        );
        assert_eq!(found, json!([]), "{place}");
    }

    /// Panics if anything was asked of another host, or went wrong that a developer would be told of.
    pub(crate) fn stayed_home_and_well(&self) {
        let mut wrong = Vec::new();
        for event in self.events.try_iter() {
            let params = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "Network.requestWillBeSent" => {
                    let url = params["request"]["url"].as_str().unwrap_or_default();
                    if !url.starts_with(&self.home) {
                        wrong.push(format!("asked {url}"));
                    }
                }
                "Runtime.exceptionThrown" => wrong.push(params.to_string()),
                "Log.entryAdded" if params["entry"]["level"] == "error" => {
                    wrong.push(params["entry"]["text"].to_string());
                }
                _ => {}
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let context = json!({ "browserContextId": self.context });
            self.browser.call(None, "Target.disposeBrowserContext", &context);
        }
    }
}
