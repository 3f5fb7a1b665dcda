// Reads Bicep files with a grammar that isn't ours, and names every place that isn't Bicep. It knows no types: that takes the compiler.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.MODULES, 'here.js'));
const { Parser, Language } = await import(pathToFileURL(require.resolve('web-tree-sitter')));
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(join(dirname(require.resolve('tree-sitter-bicep/package.json')), 'tree-sitter-bicep.wasm')));

let failed = false;
const look = (file, node) => {
  if (node.isError || node.isMissing) {
    failed = true;
    console.error(`${file}:${node.startPosition.row + 1}:${node.startPosition.column + 1}: this isn't Bicep: ${node.text.slice(0, 60)}`);
  }
  node.children.forEach(child => look(file, child));
};
for (const file of process.argv.slice(2)) {
  look(file, parser.parse(readFileSync(file, 'utf8')).rootNode);
}
process.exit(failed ? 1 : 0);
