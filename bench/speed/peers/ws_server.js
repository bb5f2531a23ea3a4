// Node's `ws`: `node ws_server.js PORT`. Whoever speaks has the question sent to everybody.
const { WebSocketServer } = require("ws");

const head = '{"type":"question","text":"';
const question = Buffer.from(`${head}${"x".repeat(600 - head.length - 2)}"}`);
const server = new WebSocketServer(
  {
    host: "127.0.0.1",
    port: Number(process.argv[2]),
    backlog: 4096,
    perMessageDeflate: false,
  },
  () => console.log("ready"),
);
server.on("connection", (socket) => {
  socket.on("message", () => {
    for (const one of server.clients) one.send(question, { binary: false });
  });
});
