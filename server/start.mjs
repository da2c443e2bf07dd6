// `npm start`: set-up, then `homeground serve`.
process.argv.splice(2, 0, 'serve');
await import('./homeground.mjs');
