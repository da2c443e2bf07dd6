// What both sides of a peer have in common: how they speak with the bench that started them.

/** The server's side: says its port, and counts facts and bytes when it is asked. */
export async function runServer(serve) {
  const { server, count } = await serve(process.env.FOLDER);
  const sockets = new Set();
  server.on('connection', (socket) => sockets.add(socket));
  async function tell() {
    let [up, down] = [0, 0];
    for (const socket of sockets) {
      up += socket.bytesRead;
      down += socket.bytesWritten;
    }
    process.send({ count: await count(), up, down });
  }
  process.on('message', () => void tell());
  process.send({ port: server.address().port });
}

const heard = () => new Promise((resolve) => process.once('message', resolve));

/** How many facts the server has, as the bench hears it from there. */
export async function countOnServer() {
  process.send({ ask: 'count' });
  return (await heard()).count;
}

async function timed(work) {
  const begun = performance.now();
  const after = await work();
  return { ms: performance.now() - begun, after };
}

/** The phones' side: everything is prepared before the clock runs. */
export async function runClient(prepare) {
  process.send({ ready: true });
  const { push, pull } = await prepare(await heard());
  process.send({ prepared: true });
  await heard();
  const pushed = await timed(push);
  process.send({ ms: pushed.ms });
  await heard();
  await pushed.after?.();
  const pulled = await timed(pull);
  process.send({ ms: pulled.ms });
  await heard();
  process.exit(0);
}
