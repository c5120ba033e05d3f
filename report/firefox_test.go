package report

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"

	"qissa/internal/needs"
)

// A firefox is one Firefox that all tests share, driven by WebDriver BiDi: commands and
// events as JSON on a web socket, https://w3c.github.io/webdriver-bidi/.
type firefox struct {
	conn net.Conn

	mu      sync.Mutex
	last    int
	answers map[int]chan answer
	pages   map[string]*browser // by browsing context
}

type answer struct {
	ID      int
	Type    string // "success", "error" or "event"
	Method  string
	Params  json.RawMessage
	Result  json.RawMessage
	Error   string
	Message string
}

// quiet keeps Firefox from all that it does of its own accord.
const quiet = `user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("app.update.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("services.settings.server", "data:,");
`

var stopFirefox = func() {}

func TestMain(m *testing.M) {
	code := m.Run()
	stopFirefox()
	os.Exit(code)
}

// sharedFirefox starts Firefox at its first use.
var sharedFirefox = sync.OnceValues(func() (*firefox, error) {
	profile, err := os.MkdirTemp("", "qissa-firefox")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(quiet), 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command("firefox-esr", "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank")
	said, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	stopFirefox = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = os.RemoveAll(profile)
	}
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "WebDriver BiDi listening on "); ok {
			go func() { _, _ = io.Copy(io.Discard, said) }()
			return connectFirefox(address + "/session")
		}
	}
	return nil, fmt.Errorf("firefox-esr ended before it listened: %w", lines.Err())
})

func connectFirefox(address string) (*firefox, error) {
	conn, early, _, err := ws.Dial(context.Background(), address)
	if err != nil {
		return nil, err
	}
	if early != nil {
		ws.PutReader(early)
	}
	f := &firefox{conn: conn, answers: map[int]chan answer{}, pages: map[string]*browser{}}
	go f.listen()
	if err := f.call("session.new", map[string]any{"capabilities": map[string]any{}}, nil); err != nil {
		return nil, err
	}
	return f, f.call("session.subscribe", map[string]any{"events": []string{"log.entryAdded", "network.beforeRequestSent", "browsingContext.userPromptOpened"}}, nil)
}

// listen hands answers to those who wait for them, and notes what goes wrong in a page.
func (f *firefox) listen() {
	for {
		text, err := wsutil.ReadServerText(f.conn)
		if err != nil {
			return
		}
		var a answer
		if json.Unmarshal(text, &a) != nil {
			continue
		}
		f.mu.Lock()
		waiting := f.answers[a.ID]
		delete(f.answers, a.ID)
		f.mu.Unlock()
		if a.Type == "event" {
			f.event(a)
		} else if waiting != nil {
			waiting <- a
		}
	}
}

func (f *firefox) event(a answer) {
	var e struct {
		Context string
		Text    string
		Message string
		Source  struct{ Context string }
		Request struct{ URL string }
	}
	if json.Unmarshal(a.Params, &e) != nil {
		return
	}
	f.mu.Lock()
	page := f.pages[e.Context+e.Source.Context]
	f.mu.Unlock()
	if page == nil {
		return
	}
	switch a.Method {
	case "log.entryAdded":
		page.problem("console: " + e.Text)
	case "browsingContext.userPromptOpened":
		page.problem("dialog: " + e.Message)
	case "network.beforeRequestSent":
		page.requested(e.Request.URL)
	}
}

// call sends a command and reads its result.
func (f *firefox) call(method string, params, result any) error {
	f.mu.Lock()
	f.last++
	id, waiting := f.last, make(chan answer, 1)
	f.answers[id] = waiting
	text, err := json.Marshal(map[string]any{"id": id, "method": method, "params": params})
	if err == nil {
		err = wsutil.WriteClientText(f.conn, text)
	}
	f.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case a := <-waiting:
		if a.Type == "error" {
			return fmt.Errorf("%s: %s: %s", method, a.Error, a.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(a.Result, result)
	case <-time.After(2 * time.Minute):
		return fmt.Errorf("%s: no answer", method)
	}
}

// openFirefox shows a page of a window's size at an address, with settings of its own.
func openFirefox(t *testing.T, address, fragment string, width, height int64) *browser {
	t.Helper()
	if _, err := exec.LookPath("firefox-esr"); err != nil {
		needs.Missing(t, "firefox-esr: apt-get install firefox-esr")
	}
	f, err := sharedFirefox()
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, address: address}
	call := func(method string, params map[string]any, result any) {
		t.Helper()
		if err := f.call(method, params, result); err != nil {
			t.Fatal(err)
		}
	}
	var user struct{ UserContext string }
	var tab struct{ Context string }
	call("browser.createUserContext", map[string]any{}, &user)
	call("browsingContext.create", map[string]any{"type": "tab", "userContext": user.UserContext}, &tab)
	t.Cleanup(func() { _ = f.call("browser.removeUserContext", map[string]any{"userContext": user.UserContext}, nil) })
	f.mu.Lock()
	f.pages[tab.Context] = b
	f.mu.Unlock()
	b.reload = func() {
		t.Helper()
		call("browsingContext.reload", map[string]any{"context": tab.Context, "wait": "complete"}, nil)
	}
	b.evaluate = func(expression string) (string, error) {
		var got struct {
			Result           struct{ Value string }
			ExceptionDetails struct{ Text string }
		}
		err := f.call("script.evaluate", map[string]any{"expression": expression, "target": map[string]any{"context": tab.Context}, "awaitPromise": true}, &got)
		if err == nil && got.ExceptionDetails.Text != "" {
			err = fmt.Errorf("%s: %s", expression, got.ExceptionDetails.Text)
		}
		return got.Result.Value, err
	}
	call("browsingContext.setViewport", map[string]any{"context": tab.Context, "viewport": map[string]any{"width": width, "height": height}}, nil)
	call("browsingContext.navigate", map[string]any{"context": tab.Context, "url": address + fragment, "wait": "complete"}, nil)
	return b
}

// What a page does amiss in Firefox is noticed.
func TestFirefoxIsWatched(t *testing.T) {
	needs.Time(t, "it opens a browser")
	b := openFirefox(t, pageFile(t, func(w io.Writer) error {
		_, err := io.WriteString(w, `<!doctype html><img src="http://127.0.0.1:65530/missing.png"><script>console.log("said")</script>`)
		return err
	}), "", 400, 400)
	for range 100 {
		b.mu.Lock()
		all := strings.Join(b.problems, "\n")
		b.mu.Unlock()
		if strings.Contains(all, "console: said") && strings.Contains(all, "missing.png") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("noticed only %q", b.problems)
}
