const { httpSemantics } = require('@http-semantics/express')
const express = require('express')

const app = express()
const semantics = httpSemantics({ session: { secretKey: 'a key for tests of consumers alone' } })
app.use(semantics)
app.post('/login', (request, response) => {
  request.session['user'] = 'ada'
  response.sendStatus(204)
})
app.get('/user', (request, response) => response.send(request.session['user'] ?? 'nobody'))

const server = semantics.attach(app.listen(0, '127.0.0.1'))
server.on('listening', () => console.log(server.address().port))
