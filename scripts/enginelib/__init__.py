"""The real Docker Engine, registry and emulators that the tests of bakectl build with."""
