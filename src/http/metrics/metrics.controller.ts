import { BlockList } from 'node:net';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { proxyAdvice } from '../../config/proxy-advice.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { sameDigest, sha256 } from '../../shared/ids.js';
import { Allow } from '../requests/route-access.js';
import { Answers, file } from '../api/answers.js';
import { Metrics } from './metrics.js';

const thisMachine = new BlockList();
thisMachine.addSubnet('127.0.0.0', 8, 'ipv4');
thisMachine.addAddress('::1', 'ipv6');

@ApiTags('health')
@Controller('metrics')
@Allow({ kind: 'public' })
export class MetricsController {
  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Shows the numbers of this process in the text format of Prometheus. With `LOA_METRICS_TOKEN` set, to whoever sends it as
   * a bearer token, else 401. Without it, to programs on this machine that come by no proxy; for everybody else there is no
   * such page (404).
   */
  @Get()
  @Answers(file('text/plain'), { errors: { 401: 'bad-metrics-token', 404: 'not-found' } })
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.requireReader(request, reply);
    await reply.type(this.metrics.contentType).send(await this.metrics.document());
  }

  private requireReader(request: FastifyRequest, reply: FastifyReply): void {
    const { metricsToken } = this.config;
    if (metricsToken === undefined) {
      if (!this.comesFromHere(request)) throw notFound();
      return;
    }
    const [, token] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token !== undefined && sameDigest(sha256(token), sha256(metricsToken))) return;
    reply.header('www-authenticate', 'Bearer realm="loa"');
    throw new DomainError('unauthenticated', 'bad-metrics-token', {
      vi: 'Mã đọc số liệu không đúng.',
      en: 'The token for metrics is missing or wrong.',
    });
  }

  /** Behind a proxy everybody seems to be on this machine, whether the proxy says for whom it asks or not. */
  private comesFromHere({ socket, headers }: FastifyRequest): boolean {
    if (this.config.trustProxy || proxyAdvice(this.config)) return false;
    if (Object.keys(headers).some((name) => /^(x-forwarded-|x-real-ip$|forwarded$|via$)/.test(name))) return false;
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
    return thisMachine.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  }
}
