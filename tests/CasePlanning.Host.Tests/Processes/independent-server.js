// A mail server written by others (npm package smtp-server), told by the recipient's name what to answer.
// Arguments: key file, certificate file. Prints its port, then each message it took as one line of JSON.
const fs = require('fs');
const { SMTPServer } = require('smtp-server');

const refusal = (code, words) => Object.assign(new Error(words), { responseCode: code });
const tries = {};

const server = new SMTPServer({
  key: fs.readFileSync(process.argv[2]),
  cert: fs.readFileSync(process.argv[3]),
  authMethods: ['LOGIN', 'PLAIN'],
  onAuth(auth, session, done) {
    const known = session.secure && auth.username === 'plans' && auth.password === 'a secret';
    done(known ? null : refusal(535, '5.7.8 wrong password'), known && { user: auth.username });
  },
  onRcptTo({ address }, session, done) {
    const name = address.split('@')[0];
    tries[name] = (tries[name] || 0) + 1;
    if (name === 'nobody') done(refusal(550, '5.1.1 no such mailbox'));
    else if (name === 'later' && tries[name] === 1) done(refusal(451, '4.7.1 greylisted'));
    else done();
  },
  onData(stream, session, done) {
    const to = session.envelope.rcptTo[0].address;
    let text = '';
    stream.on('data', (chunk) => { text += chunk; });
    stream.on('end', () => {
      if (to.startsWith('poison')) return done(refusal(554, '5.6.0 cannot read this'));
      console.log(JSON.stringify({ to, user: session.user, secure: session.secure, session: session.id, text }));
      return done();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
