from genre_desktop.core.store.key_value import KeyValueStore


def test_values_are_kept_replaced_and_deleted(db):
    state = KeyValueStore(db)
    assert state.get("mark") is None
    assert state.get("mark", 5) == 5
    state.set("mark", {"a": [1, None, "ü"]})
    assert KeyValueStore(db).get("mark") == {"a": [1, None, "ü"]}
    state.set("mark", 0)
    assert state.get("mark", 5) == 0
    state.delete("mark")
    state.delete("mark")
    assert state.get("mark") is None


def test_counting(db):
    state = KeyValueStore(db)
    assert state.add("restarts") == 1
    assert state.add("restarts", 4) == 5
