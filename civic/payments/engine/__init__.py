"""The engine: record, commit, call, record, commit. Here alone our rows and the provider meet."""
