"""A small world with faults, played from seeds, and what may never be in it.

Where each promise of the exchange is shown:

- No acknowledged change is lost: `hub.SimulatedHub.judge` and `world_with_hub` (whatever a laptop was told to be held is
  held; what was durable outlives a hub set back to its back-up), `tests/hub/test_kills`, `tests/services/test_kills`.
- Every printed slip has its change: `tests/services/test_slips`, and the kills of `test_pre_printed_slips`.
- Taking in is idempotent, commutative and associative: `tests/exchange/test_any_order` (`again`, `both_in_two_parts_or_one`).
- The fold is the state of every node with the same set: there too (`teardown`), `World.wrong`, `_folded_otherwise` (hub).
- No value vanishes unless its replacer had seen it or it was erased: `tests/domain/test_fold`, `World._vanished`.
- An erasure absorbs: `tests/domain/test_fold`, `test_any_order`, `World.wrong`, `WorldWithHub.wrong`.
- Forgeries never fold: `test_any_order`, `tests/hub/test_hub`.
- Forks are noticed and both branches kept: `test_any_order`, `World.wrong` and `WorldWithHub.wrong` (no line of anybody is
  nowhere).
- Lines out of scope are never delivered: `tests/hub/test_scope`.
- A summary is what its vector says, counted again: `World.wrong` (the register verifies, all laptops count the same) and
  `_folded_otherwise` for the hub.
- A receipt never says more than the verified lines without a gap: `test_any_order`, `World.export`, `SimulatedHub.judge`.
"""
