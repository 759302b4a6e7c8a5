"""Settings: the only place that reads the environment (`WENBAO_*`) and `wenbao.toml`.

The environment goes before the file, the file before the defaults. In the file the same names stand without the prefix,
in small letters: `port = 7860`.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import (
    SettingsError as SourceError,
)

PREFIX = "WENBAO_"
CONFIG = "WENBAO_CONFIG"
CONFIG_FILE = Path("wenbao.toml")

ORIGIN = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
"""Scheme, host and port and nothing else: `https://www.bjdx.gov.cn`, `http://10.1.2.3:8080`."""

SERVICE_LINK = re.compile(r"WENBAO_(SERVICE_(HOST|PORT.*)|PORT_\d+_(TCP|UDP).*)")
"""What Kubernetes puts into every container beside a Service that is called "wenbao": `WENBAO_SERVICE_HOST`."""


class SettingsError(Exception):
    """A setting is wrong. The message (Chinese, for the user) names each one, its value and what is allowed."""


def _setting(default: Any, meaning: str, allowed: str) -> Any:
    return Field(default, description=meaning, json_schema_extra={"allowed": allowed})


class Settings(BaseSettings):
    """Every setting, checked. `Settings.model_fields` carries the meaning of each and what is allowed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    host: str = _setting("127.0.0.1", "监听地址", "主机名或 IP 地址,如 127.0.0.1(仅本机)、0.0.0.0(所有网卡)")
    port: int = _setting(7860, "监听端口", "1 到 65535 之间的整数")
    data: Path = _setting(Path("data"), "索引所在的文件夹", "文件夹的路径")
    reports: Path = _setting(Path("reports"), "默认收录的报告文件夹", "文件夹的路径")
    embedding_model: str = _setting(
        "bundled", "向量模型", "bundled(自带模型),或 sentence-transformers 模型的名称或文件夹"
    )
    llm_base_url: str | None = _setting(None, "大模型服务地址(OpenAI 兼容)", "http:// 或 https:// 开头的地址")
    llm_model: str | None = _setting(None, "大模型名称", "模型的名称")
    llm_api_key: SecretStr | None = _setting(None, "大模型服务的密钥", "密钥")
    embed_origins: Annotated[tuple[str, ...], NoDecode] = _setting(
        (), "允许以 iframe 嵌入本页的网站", "以逗号分隔的网站来源,只写协议、主机和端口,如 https://www.example.gov.cn"
    )
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "info", "日志级别", "debug、info、warning 或 error"
    )
    log_questions: bool = _setting(False, "日志是否记录问题原文", "true 或 false")

    @field_validator("port")
    @classmethod
    def _port(cls, value: int) -> int:
        if not 1 <= value <= 65535:
            raise ValueError
        return value

    @field_validator("host", "embedding_model", "llm_model", mode="after")
    @classmethod
    def _word(cls, value: str | None) -> str | None:
        if value is not None and (not value.strip() or value != value.strip() or "://" in value):
            raise ValueError
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^\s/]+\S*", value):
            raise ValueError
        return value

    @field_validator("data", "reports")
    @classmethod
    def _folder(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        """Exact origins only: a wildcard or a path would open the page to more sites than was meant."""
        origins = re.split(r"[,\s]+", value.strip()) if isinstance(value, str) else value
        if not isinstance(origins, list | tuple):
            raise ValueError
        found = tuple(str(origin).lower() for origin in origins if origin != "")
        if not all(ORIGIN.fullmatch(origin) for origin in found):
            raise ValueError
        return found

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, InitSettingsSource(settings_cls, _table(_config_file()))


def load_settings(**overrides: object) -> Settings:
    """Read the settings; `overrides` (the options of a command) go before everything, those that are None do not count.

    :raises SettingsError: naming everything that is wrong, not only the first.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    table = _table(_config_file())
    wrong = list(_unknown(table))
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # checked by pydantic, that is its job
    except (ValidationError, SourceError) as error:
        wrong += _wrong(error, given, table)
    if wrong:
        raise SettingsError("设置有误。" + "".join(f"\n  {line}" for line in wrong))
    return settings


def _config_file() -> Path | None:
    named = os.environ.get(CONFIG)
    if not named:
        return CONFIG_FILE if CONFIG_FILE.is_file() else None
    path = Path(named).expanduser()
    if not path.is_file():
        raise SettingsError(f"设置有误。\n  {CONFIG} = {named!r}:没有这个文件")
    return path


def _table(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"读不了设置文件 {path}:{error}") from error


def _unknown(table: dict[str, Any]) -> Iterator[str]:
    """Name what is spelt wrong: a setting that is silently ignored is worse than one that is refused."""
    names = list(Settings.model_fields)
    for variable in sorted(os.environ):
        known = variable == CONFIG or variable.removeprefix(PREFIX).lower() in names
        if variable.startswith(PREFIX) and not known and not SERVICE_LINK.fullmatch(variable):
            yield _did_you_mean(variable, [PREFIX + name.upper() for name in names] + [CONFIG], "环境变量")
    for key in table:
        if key not in names:
            yield _did_you_mean(key, names, f"{_config_file()}")


def _did_you_mean(name: str, names: list[str], place: str) -> str:
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    return f"{name}({place}):没有这个设置" + (f",是否想写 {near[0]}?" if near else f"。可用的有 {'、'.join(names)}")


def _wrong(error: ValidationError | SourceError, given: dict[str, Any], table: dict[str, Any]) -> Iterator[str]:
    if isinstance(error, SourceError):
        yield str(error)
        return
    for name in dict.fromkeys(str(detail["loc"][0]) for detail in error.errors()):
        variable = PREFIX + name.upper()
        if name in given:
            place, value = f"命令行的 --{name.replace('_', '-')}", given[name]
        elif os.environ.get(variable):
            place, value = f"环境变量 {variable}", os.environ[variable]
        else:
            place, value = f"{_config_file()} 的 {name}", table.get(name)
        shown = "(不显示)" if "key" in name else repr(value)
        extra: Any = Settings.model_fields[name].json_schema_extra
        hint = "。在 Kubernetes 中请设 enableServiceLinks: false" if str(value).startswith("tcp://") else ""
        yield f"{place} = {shown} 不可用。可用的值:{extra['allowed']}{hint}"
