"""Settings: the only place that reads the environment (`WENBAO_*`) and `wenbao.toml`."""
