import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { notFound } from '../shared/domain-error.js';
import { Answers } from '../http/api/answers.js';
import { Roles } from '../people/access/access.js';
import { type Actor, mayRead } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import type { Script } from './script.entity.js';
import type { ScriptVersion } from './script-version.entity.js';
import { createdScript, createdVersion, scriptWithVersions, templates, scripts } from './scripts.answers.js';
import { MAX_SCRIPT_TEXT, Scripts } from './scripts.service.js';
import { TemplateCatalog } from './template-catalog.js';

const newScript = z
  .strictObject({
    campaignId: z.string().max(36),
    channelKind: z.enum(channelKinds),
    templateCode: z.string().max(100).optional(),
    variables: z
      .record(
        z.string().max(60),
        z.union([z.string().max(MAX_SCRIPT_TEXT), z.number(), z.array(z.string().max(2000)).max(100)]),
      )
      .optional(),
    unitId: z.string().max(36).nullish().describe('The unit that it is for; without one, all.'),
    title: z.string().max(400).optional().describe('With `text`, instead of a template.'),
    text: z.string().max(MAX_SCRIPT_TEXT).optional(),
  })
  .meta({
    examples: [
      {
        campaignId: '01935a7e-4b00-7000-8000-000000000002',
        channelKind: 'ward-loudspeaker',
        title: 'Thông báo họp dân',
        text: 'Kính mời bà con đến nhà văn hóa tổ 5 lúc 19h30 ngày 25/11/2026.',
      },
    ],
  });
const newVersion = z.strictObject({
  latestSeen: z.int().min(1).describe('Number of the version that was edited.'),
  title: z.string().min(1).max(400),
  text: z.string().min(1).max(MAX_SCRIPT_TEXT),
});
const filter = z.strictObject({ campaignId: z.string().max(36).optional() });

@ApiTags('scripts')
@Controller('api')
@Roles('editor', 'approver', 'official', 'page-admin', 'admin')
export class ScriptsController {
  constructor(
    private readonly scripts: Scripts,
    private readonly catalog: TemplateCatalog,
  ) {}

  /**
   * Lists the templates with their variables. Each variable has a name, a type, a Vietnamese label, an example, and whether
   * it is required.
   */
  @Get('templates')
  @Answers(templates)
  async templates() {
    const { templates } = await this.catalog.all();
    return [...templates.values()].map(({ code, name, kind, subject, purpose, variables }) => {
      return { code, name, kind, subject, purpose, variables: [...variables].map(([key, v]) => ({ name: key, ...v })) };
    });
  }

  /** Lists scripts with their latest version. An operator sees those of his own ward. */
  @Get('scripts')
  @Roles('editor', 'approver', 'official', 'page-admin', 'admin', 'operator')
  @Answers(scripts)
  async list(@CurrentActor() actor: Actor, @Query({ schema: filter }) query: z.infer<typeof filter>) {
    const visible = (await this.scripts.list(query)).filter(({ script }) => mayRead(actor, script.unitId));
    return visible.map(({ script, version }) => ({
      ...showScript(script),
      latest: show(version),
    }));
  }

  /** Shows one script with all its versions. An operator sees those of his own ward. */
  @Get('scripts/:id')
  @Roles('editor', 'approver', 'official', 'page-admin', 'admin', 'operator')
  @Answers(scriptWithVersions)
  async one(@CurrentActor() actor: Actor, @Param('id') id: string) {
    const { script, versions } = await this.scripts.versions(id);
    if (!mayRead(actor, script.unitId)) throw notFound();
    return { ...showScript(script), versions: versions.map(show) };
  }

  /** Creates a script from a template with variables, or from a title and a text. 422 names the variable or the line at fault. */
  @Post('scripts')
  @Roles('editor')
  @Answers(createdScript, {
    errors: {
      404: 'not-found',
      409: 'campaign-closed',
      422: ['bad-text', 'bad-variables', 'template-failed', 'text-too-long', 'unknown-unit', 'wrong-kind'],
    },
  })
  create(@CurrentActor() actor: Actor, @Body({ schema: newScript }) body: z.infer<typeof newScript>) {
    return this.scripts.create(actor, body);
  }

  /**
   * Writes a new version of a script. `latestSeen` is the number of the version that was edited; 409 `newer-version` when
   * somebody else has written one since.
   */
  @Post('scripts/:id/versions')
  @Roles('editor')
  @Answers(createdVersion, { errors: { 409: 'newer-version', 422: 'bad-text' } })
  async newVersion(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: newVersion }) body: z.infer<typeof newVersion>,
  ) {
    return { versionId: await this.scripts.newVersion(actor, id, body.latestSeen, body.title, body.text) };
  }

  /** Submits a version for approval. Its clips must be ready and its reading decided. */
  @Post('versions/:id/submit')
  @Roles('editor')
  @HttpCode(204)
  @Answers(null, { errors: { 409: ['clip-not-ready', 'illegal-move'], 422: 'reading-undecided' } })
  submit(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.scripts.submit(actor, id);
  }
}

function showScript({ id, campaignId, channelKind, templateCode, unitId, title }: Script) {
  return { id, campaignId, channelKind, templateCode, unitId, title };
}

function show({ id, n, title, body, state, authorId, createdAt, submittedAt }: ScriptVersion) {
  return { id, n, title, text: body, state, authorId, createdAt, submittedAt };
}
