// A worker that sends prepared pushes over so many connections and tells how long each took.
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { port, connections } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: connections });

function send({ token, body }) {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const path = '/v1/push';
    const asked = request(
      { host: '127.0.0.1', port, path, method: 'POST', agent, headers },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode, text }));
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

async function run(pushes) {
  const waits = [];
  let next = 0;
  let refused = 0;
  const begun = performance.now();
  async function connection() {
    for (let i = next++; i < pushes.length; i = next++) {
      const asked = performance.now();
      const { status, text } = await send(pushes[i]);
      waits.push(performance.now() - asked);
      if (status !== 200 || text.includes('"held"')) refused += 1;
    }
  }
  await Promise.all(Array.from({ length: connections }, connection));
  return { ms: performance.now() - begun, waits, refused };
}

async function answer(pushes) {
  parentPort.postMessage(await run(pushes));
}

parentPort.on('message', (pushes) => void answer(pushes));
