"""A server takes up new generations without a failed request, whoever builds them."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.vectorstore.conftest import FILES, Shelf
from vectorstore import current_generation

ROOT = Path(__file__).parents[2]
ROUNDS = 6


def _put(shelf: Shelf, rate: int) -> None:
    shelf.put(FILES | {"daxing.txt": f"大兴区上半年报告\n城镇登记失业率为{rate}%。"})


def test_threads_go_on_searching_while_generations_are_built_and_swapped(shelf: Shelf) -> None:
    _put(shelf, 0)
    shelf.build()
    serving = [shelf.open()]
    stop = threading.Event()

    def ask() -> set[str]:
        heard = set()
        while not stop.is_set():
            index = serving[0]
            heard |= {index.search("失业率", k=1)[0].passage.text for _ in range(3)}
        return heard

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(ask) for _ in range(4)]
        for rate in range(1, ROUNDS):
            _put(shelf, rate)
            shelf.build()
            serving[0] = shelf.open()  # the old one closes when the last search on it is over
        stop.set()
        heard = set().union(*(answer.result() for answer in answers))
    assert heard <= {f"城镇登记失业率为{rate}%。" for rate in range(ROUNDS)}
    assert len(heard) > 1


# Opens, searches and drops the index until the file "stop" is there; prints how often, and the answers.
_SERVER = """
import sys
from pathlib import Path
from tests.vectorstore.fakes import FAKE, register
from vectorstore import open_index
register()
data, heard, count = Path(sys.argv[1]), set(), 0
while not (data / "stop").exists():
    index = open_index(data, FAKE)
    heard |= {index.search("失业率", k=1)[0].passage.text for _ in range(3)}
    count += 1
print(count, len(heard))
"""


def test_other_processes_open_the_index_while_it_is_replaced_again_and_again(shelf: Shelf) -> None:
    _put(shelf, 0)
    shelf.build()
    servers = [
        subprocess.Popen(
            [sys.executable, "-c", _SERVER, str(shelf.data)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    seen = set()
    for rate in range(1, 30):
        _put(shelf, rate % ROUNDS)
        seen.add(shelf.build().generation)
    (shelf.data / "stop").touch()
    for server in servers:
        output, errors = server.communicate(timeout=60)
        assert server.returncode == 0, errors.decode()
        assert int(output.split()[0]) > 0
    assert len(seen) == ROUNDS
    assert shelf.find("失业率") == f"城镇登记失业率为{29 % ROUNDS}%。"
    assert current_generation(shelf.data) in seen
