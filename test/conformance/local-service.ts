/** Answers at the port of ssh on this machine, to which tests of the network's probes connect. */

import { createServer } from "node:net";

const sshPort = 22;

/** Does nothing where the machine has such a service; ends with the runner. */
export function openLocalService(): Disposable {
  const server = createServer((socket) => {
    socket.on("data", () => socket.end("Protocol mismatch.\n"));
    // A client that is gone already.
    socket.on("error", () => socket.destroy());
  });
  server.on("error", () => {});
  server.listen(sshPort, "127.0.0.1").unref();
  return { [Symbol.dispose]: () => server.close() };
}
