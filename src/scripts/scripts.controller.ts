import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { notFound } from '../shared/domain-error.js';
import { Roles } from '../people/access.js';
import { type Actor, mayRead } from '../people/actor.js';
import { Me } from '../people/request.js';
import type { Script } from './script.entity.js';
import type { ScriptVersion } from './script-version.entity.js';
import { MAX_TEXT, Scripts } from './scripts.service.js';
import { TemplateShelf } from './template-shelf.js';

const newScript = z.strictObject({
  campaignId: z.string().max(36),
  channelKind: z.enum(channelKinds),
  templateCode: z.string().max(100).optional(),
  variables: z
    .record(z.string().max(60), z.union([z.string().max(MAX_TEXT), z.number(), z.array(z.string().max(2000)).max(100)]))
    .optional(),
  unitId: z.string().max(36).nullish(),
  title: z.string().max(400).optional(),
  text: z.string().max(MAX_TEXT).optional(),
});
const newVersion = z.strictObject({
  latestSeen: z.int().min(1),
  title: z.string().min(1).max(400),
  text: z.string().min(1).max(MAX_TEXT),
});
const filter = z.strictObject({ campaignId: z.string().max(36).optional() });

@ApiTags('scripts')
@Controller('api')
@Roles('editor', 'approver', 'official', 'page-admin', 'admin')
export class ScriptsController {
  constructor(
    private readonly scripts: Scripts,
    private readonly shelf: TemplateShelf,
  ) {}

  /** Templates with their variables: name, type, Vietnamese label, whether required, an example. */
  @Get('templates')
  async templates() {
    const { templates } = await this.shelf.all();
    return [...templates.values()].map(({ code, name, kind, subject, purpose, variables }) => {
      return { code, name, kind, subject, purpose, variables: [...variables].map(([key, v]) => ({ name: key, ...v })) };
    });
  }

  /** An operator sees the scripts of his own ward. */
  @Get('scripts')
  @Roles('editor', 'approver', 'official', 'page-admin', 'admin', 'operator')
  async list(@Me() actor: Actor, @Query({ schema: filter }) query: z.infer<typeof filter>) {
    const visible = (await this.scripts.list(query)).filter(({ script }) => mayRead(actor, script.unitId));
    return visible.map(({ script, version }) => ({
      ...showScript(script),
      latest: show(version),
    }));
  }

  /** 404 for what is not there and, in the same words, for another ward's. */
  @Get('scripts/:id')
  @Roles('editor', 'approver', 'official', 'page-admin', 'admin', 'operator')
  async one(@Me() actor: Actor, @Param('id') id: string) {
    const { script, versions } = await this.scripts.versions(id);
    if (!mayRead(actor, script.unitId)) throw notFound();
    return { ...showScript(script), versions: versions.map(show) };
  }

  /** From a template with variables, or from a title and a text. 404; 422 with the variable or line named. */
  @Post('scripts')
  @Roles('editor')
  create(@Me() actor: Actor, @Body({ schema: newScript }) body: z.infer<typeof newScript>) {
    return this.scripts.create(actor, body);
  }

  /** 409 `newer-version` when somebody else has written one since. */
  @Post('scripts/:id/versions')
  @Roles('editor')
  async newVersion(
    @Me() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: newVersion }) body: z.infer<typeof newVersion>,
  ) {
    return { versionId: await this.scripts.newVersion(actor, id, body.latestSeen, body.title, body.text) };
  }

  /** 409 `clip-not-ready`, `illegal-move`. */
  @Post('versions/:id/submit')
  @Roles('editor')
  @HttpCode(204)
  submit(@Me() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.scripts.submit(actor, id);
  }
}

function showScript({ id, campaignId, channelKind, templateCode, unitId, title }: Script) {
  return { id, campaignId, channelKind, templateCode, unitId, title };
}

function show({ id, n, title, body, state, authorId, createdAt, submittedAt }: ScriptVersion) {
  return { id, n, title, text: body, state, authorId, createdAt, submittedAt };
}
