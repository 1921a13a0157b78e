"""Policy vectors: one compliance case each, written as given, when and expect, and asked of the same engine that sends."""
