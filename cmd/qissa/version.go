package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"qissa/internal/module"
)

func newVersion(s *streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Print the version.",
		Example: "  qissa version\n  qissa --version",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(s.out, versionLine())
			return err
		},
	}
	describe(cmd, exitCodesHelp)
	return cmd
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s takes no arguments", cmd.Name())
	}
	return nil
}

// versionLine names the version, and what it was built with and for.
func versionLine() string {
	return fmt.Sprintf("qissa %s (%s, %s/%s)", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// version is that of the module.
func version() string { return module.Version() }
