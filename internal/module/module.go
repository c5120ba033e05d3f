// Package module tells what a program was built from.
package module

import "runtime/debug"

// Version is the version of the program's module, or "devel" and the commit where the build
// knows it.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}
