from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("WENBAO_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults() -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert (settings.data, settings.reports) == (Path("data"), Path("reports"))
    assert settings.embedding_model == "bundled"
    assert settings.embed_origins == ()
    assert not settings.log_questions


def test_options_go_before_the_environment_and_that_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("wenbao.toml").write_text('port = 1\nhost = "a"\ndata = "d"\n')
    monkeypatch.setenv("WENBAO_PORT", "2")
    monkeypatch.setenv("WENBAO_HOST", "b")
    settings = load_settings(port=3, host=None)
    assert (settings.port, settings.host, settings.data) == (3, "b", Path("d"))


def test_the_file_may_stand_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('embed_origins = ["https://www.bjdx.gov.cn"]\nllm_model = "qwen3"\n')
    monkeypatch.setenv("WENBAO_CONFIG", str(tmp_path / "other.toml"))
    settings = load_settings()
    assert settings.embed_origins == ("https://www.bjdx.gov.cn",)
    assert settings.llm_model == "qwen3"


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_PORT", "")
    assert load_settings().port == 7860


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("WENBAO_PORT", "0", "1 到 65535"),
        ("WENBAO_PORT", "70000", "1 到 65535"),
        ("WENBAO_PORT", "http", "1 到 65535"),
        ("WENBAO_PORT", "tcp://10.0.0.1:80", "enableServiceLinks"),
        ("WENBAO_HOST", "http://x", "主机名或 IP 地址"),
        ("WENBAO_LOG_LEVEL", "loud", "debug、info、warning 或 error"),
        ("WENBAO_LOG_QUESTIONS", "maybe", "true 或 false"),
        ("WENBAO_LLM_BASE_URL", "localhost:11434", "http:// 或 https://"),
        ("WENBAO_EMBED_ORIGINS", "*", "协议、主机和端口"),
        ("WENBAO_EMBED_ORIGINS", "https://*.gov.cn", "协议、主机和端口"),
        ("WENBAO_EMBED_ORIGINS", "https://a.cn/path", "协议、主机和端口"),
        ("WENBAO_EMBED_ORIGINS", "https://a.cn/", "协议、主机和端口"),
        ("WENBAO_EMBED_ORIGINS", "a.cn", "协议、主机和端口"),
        ("WENBAO_EMBED_ORIGINS", "https://a.cn; script-src *", "协议、主机和端口"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert f"环境变量 {name} = {value!r}" in str(error.value)
    assert allowed in str(error.value)


@pytest.mark.parametrize(
    ("value", "origins"),
    [
        ("https://a.cn", ("https://a.cn",)),
        ("https://A.cn:8443, http://10.0.0.2", ("https://a.cn:8443", "http://10.0.0.2")),
        ("https://a.cn http://[::1]:80", ("https://a.cn", "http://[::1]:80")),
    ],
)
def test_origins(monkeypatch: pytest.MonkeyPatch, value: str, origins: tuple[str, ...]) -> None:
    monkeypatch.setenv("WENBAO_EMBED_ORIGINS", value)
    assert load_settings().embed_origins == origins


def test_everything_that_is_wrong_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("wenbao.toml").write_text("prot = 1\nport = 'x'\n")
    monkeypatch.setenv("WENBAO_REPROTS", "r")
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert "WENBAO_REPROTS(环境变量):没有这个设置,是否想写 WENBAO_REPORTS?" in str(error.value)
    assert "prot(wenbao.toml):没有这个设置,是否想写 port?" in str(error.value)
    assert "wenbao.toml 的 port = 'x'" in str(error.value)


def test_a_file_that_is_not_toml_is_named() -> None:
    Path("wenbao.toml").write_text("port: 1")
    with pytest.raises(SettingsError, match="读不了设置文件 wenbao"):
        load_settings()


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_CONFIG", "none.toml")
    with pytest.raises(SettingsError, match="没有这个文件"):
        load_settings()


def test_what_kubernetes_adds_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_SERVICE_HOST", "10.0.0.1")
    monkeypatch.setenv("WENBAO_PORT_7860_TCP_ADDR", "10.0.0.1")
    assert load_settings().port == 7860


def test_the_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_LLM_API_KEY", "sk-secret")
    assert "sk-secret" not in repr(load_settings())
    Path("wenbao.toml").write_text("llm_api_key = 7")
    monkeypatch.delenv("WENBAO_LLM_API_KEY")
    with pytest.raises(SettingsError, match="不显示"):
        load_settings()


def test_every_setting_says_what_it_is_and_what_is_allowed() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert isinstance(field.json_schema_extra, dict), name
        assert field.json_schema_extra["allowed"], name
