import { httpSemantics } from '@http-semantics/express'
import express from 'express'

const semantics = httpSemantics()
const app = express()
app.use(semantics) // the first middleware
app.get('/notes', (request, response) => response.json([]))
app.delete('/notes/:id', (request, response) => response.status(204).end())
const server = app.listen(5000, '127.0.0.1')
semantics.attach(server) // unknown methods, CONNECT, malformed requests
