import assert from "node:assert/strict";
import { test } from "node:test";
import { unsafeFunctions } from "./unsafe-functions.ts";

const names = [
  "_raw_spin_lock_irqsave",
  "_raw_spin_unlock_irqrestore",
  "_raw_spin_trylock",
  "native_queued_spin_lock_slowpath",
  "_raw_read_lock",
  "mutex_lock",
  "vfs_read",
];

test("spin locks are unsafe where rings wait for themselves", () => {
  const expected = names.slice(0, 4);
  for (const release of ["6.1.0-50-amd64", "6.12.95+deb12-amd64", "6.15.0", "5.15.0"]) {
    assert.deepEqual(names.filter(unsafeFunctions(release)), expected);
  }
  for (const release of ["6.16.0", "6.18.5", "7.0.0-rc1"]) {
    assert.deepEqual(names.filter(unsafeFunctions(release)), []);
  }
});
