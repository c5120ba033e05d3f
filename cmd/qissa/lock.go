package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// claim locks the folder until it is closed, removes what a run that was stopped
// left, and puts in place what it had begun to. While another process has the
// folder, wait is told which, and returns an error to give up.
func (f *folder) claim(wait func(who string) error) error {
	if f.lock != nil {
		return nil
	}
	lock, err := f.root.Open(".")
	if err != nil {
		return unwritable(f.path, err)
	}
	for tryLock(lock) == errLocked {
		if err := wait(f.writer()); err != nil {
			lock.Close()
			return err
		}
		time.Sleep(lockRetry)
	}
	f.lock = lock
	f.sweep()
	return f.recover()
}

const (
	lockRetry = 20 * time.Millisecond
	lockTries = 50 // others hold a folder for a moment only, unless they cluster into it
)

// refuse returns a wait that gives up: two runs would mix their files.
func (f *folder) refuse() func(string) error {
	tries := 0
	return func(who string) error {
		if tries++; tries < lockTries {
			return nil
		}
		return fmt.Errorf("%s writes into %s; wait until it is done, or choose another folder", who, f.path)
	}
}

// writer names the process that holds the folder, as far as it can be told.
func (f *folder) writer() string {
	who := "another process"
	f.eachStaged(func(name string, owner int) {
		info, err := f.root.Lstat(name)
		if held, _ := f.hold(name); held == nil && err == nil {
			who = fmt.Sprintf("process %d (since %s)", owner, info.ModTime().Format("15:04:05"))
		} else if held != nil {
			held.Close()
		}
	})
	return who
}

// eachStaged names the staging folders of all processes.
func (f *folder) eachStaged(use func(name string, owner int)) {
	for _, name := range f.names() {
		rest, ok := strings.CutPrefix(name, stagedPrefix)
		pid, _, _ := strings.Cut(rest, "-")
		if owner, err := strconv.Atoi(pid); ok && err == nil {
			use(name, owner)
		}
	}
}

// names lists the folder in order.
func (f *folder) names() []string {
	dir, err := f.root.Open(".")
	if err != nil {
		return nil
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(-1)
	slices.Sort(names)
	return names
}

// hold locks a staging folder: it fails while the process that made it lives.
func (f *folder) hold(name string) (*os.File, error) {
	dir, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	if err := tryLock(dir); err != nil {
		dir.Close()
		return nil, err
	}
	return dir, nil
}

// sweep removes the staging folders of processes that are no more.
func (f *folder) sweep() {
	f.eachStaged(func(name string, _ int) {
		if held, err := f.hold(name); err == nil {
			f.root.RemoveAll(name)
			held.Close()
		}
	})
}
